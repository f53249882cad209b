package io.wavegate.persistence.embedded;

import io.wavegate.persistence.journal.StoreUnavailableException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Says in an operator's words what happened to the folder: thing, cause, next step. */
final class Failures {
    private final Path folder;

    Failures(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    StoreUnavailableException cannotOpen(RocksDBException cause) {
        String text = text(cause);
        String advice;
        if (text.contains("LOCK") || text.contains("lock hold")) {
            advice = "is in use by a running process. Stop that one first, or give this one a folder of its own"
                    + " (wavegate.store.embedded.folder)";
        } else if (isNoSpace(cause)) {
            advice = "cannot be opened, because its disk is full (" + text + "). Free some space and start again";
        } else if (isDamage(cause)) {
            advice = "is damaged (" + text
                    + "). Restore it from a backup. If this machine lost its power, what is damaged"
                    + " was most likely never acknowledged: wavegate.store.embedded.damaged-log = drop-rest starts with"
                    + " what comes before the damage; keep a copy of the folder first";
        } else {
            advice = "cannot be opened (" + text + "). Check that this user may read and write everything in it and"
                    + " that its disk works, then start again";
        }
        return new StoreUnavailableException("The store's folder " + folder + " " + advice + ".", true, cause);
    }

    StoreUnavailableException cannotWrite(Throwable cause, boolean nothingWritten) {
        String why = isNoSpace(cause)
                ? ", because its disk is full. Free some space"
                : " (" + text(cause) + "). Check the disk and the permissions";
        return new StoreUnavailableException(
                "The store in " + folder + " cannot write" + why
                        + "; it tries again by itself and refuses all changes meanwhile.",
                nothingWritten,
                cause);
    }

    StoreUnavailableException belowReserve(long free, long reserve) {
        return new StoreUnavailableException(
                "The store in " + folder + " writes nothing, because its disk has only " + (free >> 20)
                        + " MiB free and wavegate.store.embedded.reserve keeps " + (reserve >> 20)
                        + " MiB. Free some space; it goes on by itself.",
                true,
                null);
    }

    StoreUnavailableException cannotRead(RocksDBException cause) {
        String advice = isDamage(cause)
                ? "A file of it is damaged: restore the folder from a backup"
                : "Check the disk and the permissions";
        return new StoreUnavailableException(
                "The store in " + folder + " cannot read (" + text(cause) + "). " + advice + ".", true, cause);
    }

    /** What callers see of an answer that failed already, or did not come in time. */
    StoreUnavailableException late(Throwable cause) {
        return cause instanceof StoreUnavailableException already
                ? already
                : new StoreUnavailableException(
                        "The store in " + folder
                                + " has not answered within wavegate.store.embedded.answer-limit. Check"
                                + " its disk; what was to be written may be or may not.",
                        false,
                        cause);
    }

    StoreUnavailableException overloaded(String what, String key) {
        return new StoreUnavailableException(
                "The store in " + folder + " has too many " + what
                        + " waiting for its disk and refuses more. Slow down,"
                        + " use a faster disk, or raise wavegate.store.embedded." + key + ".",
                true,
                null);
    }

    StoreUnavailableException closed() {
        return new StoreUnavailableException(
                "The store in " + folder + " is closed because this node is stopping. Ask again when it is back.",
                true,
                null);
    }

    private static boolean isNoSpace(Throwable cause) {
        return cause instanceof RocksDBException rocks
                && (text(rocks).contains("No space left")
                        || (rocks.getStatus() != null && rocks.getStatus().getSubCode() == Status.SubCode.NoSpace));
    }

    private static boolean isDamage(RocksDBException cause) {
        return text(cause).contains("Corruption")
                || (cause.getStatus() != null && cause.getStatus().getCode() == Status.Code.Corruption);
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
