/**
 * Makes {@link vn.phusa.transforms.model.SourceRecord}s of the bytes in event topics, or rejects
 * them. Nothing here trusts a length, a depth or a time that the bytes claim.
 */
package vn.phusa.transforms.decoding;
