package io.wavegate.s2s.resolve;

/** Where chance enters: {@code total -> } a uniform integer from 0 to total, both included. */
@FunctionalInterface
public interface Draw {
    /**
     * @param total at least 0
     * @return uniform in [0, total]
     */
    int upTo(int total);
}
