package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.model.WaveletName;

/** What the journal gives back is not what was written into it. For an operator: thing, cause, next step. */
final class DamagedHistoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedHistoryException(WaveletName wavelet, long version, String cause) {
        super(
                "The stored history of wavelet " + wavelet + " is damaged at version " + version + ": " + cause
                        + ". The wavelet stays out of service; restore the store from a backup, or ask for help with this message.");
    }
}
