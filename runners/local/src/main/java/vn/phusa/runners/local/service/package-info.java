/** The services that commands need: checked where they are given, started where they are not. */
package vn.phusa.runners.local.service;
