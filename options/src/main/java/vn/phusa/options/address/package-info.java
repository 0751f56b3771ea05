/**
 * Where the services are and how they are spoken to: addresses with their credentials as references
 * to secrets, and TLS. Read from the options, checked, and never sent anywhere from here.
 */
package vn.phusa.options.address;
