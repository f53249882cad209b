package io.wavegate.wavelet.api;

/**
 * How often replicas on this node and their hosts did not agree, since the node started.
 *
 * @param contradicted a host told what does not fit our copy; it was set aside
 * @param continued the host then told what does fit
 * @param replaced the host had another history by then, and our copy was replaced by it
 * @param abandoned another history of the host was begun to be fetched and could not be had
 */
public record ReplicaCounts(long contradicted, long continued, long replaced, long abandoned) {
    /** Nothing yet. */
    public static final ReplicaCounts NONE = new ReplicaCounts(0, 0, 0, 0);
}
