package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.InvalidConfigurationInQueryException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import io.wavegate.persistence.cassandra.SchemaCheck.MismatchException;
import io.wavegate.persistence.journal.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Says in an operator's words what Cassandra answered: thing, cause, next step. */
final class CassandraFailures {
    private final String where;
    private final Duration answerLimit;

    CassandraFailures(CassandraSettings settings) {
        this.answerLimit = settings.limits().answerLimit();
        this.where = "keyspace " + settings.keyspace() + " at " + settings.contactPoints();
    }

    StoreUnavailableException cannotOpen(Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        String next;
        if (cause instanceof AuthenticationException || cause instanceof UnauthorizedException) {
            next = "Check wavegate.store.cassandra.user and password, and what this user may do";
        } else if (cause instanceof MismatchException) {
            return new StoreUnavailableException(
                    "The Cassandra store (" + where + ") cannot be opened: " + text(cause) + ".", true, cause);
        } else if (cause instanceof InvalidQueryException || cause instanceof InvalidConfigurationInQueryException) {
            next = "Create the tables with what the command \"wavegate schema\" prints, or for development let it be"
                    + " done: wavegate.store.cassandra.create-schema = on";
        } else {
            next = "Check wavegate.store.cassandra.contact-points and local-datacenter, and that Cassandra runs";
        }
        return new StoreUnavailableException(
                "The Cassandra store (" + where + ") cannot be opened: " + text(cause) + ". " + next + ".",
                true,
                cause);
    }

    StoreUnavailableException cannotRead(Throwable thrown) {
        Throwable cause = explained(thrown);
        if (cause instanceof StoreUnavailableException already) {
            return already;
        }
        return new StoreUnavailableException(
                "The Cassandra store (" + where + ") cannot read: " + text(cause)
                        + ". Check that a quorum of its nodes is up; it is asked again with the next request.",
                true,
                cause);
    }

    StoreUnavailableException cannotWrite(Throwable thrown) {
        Throwable cause = explained(thrown);
        if (cause instanceof StoreUnavailableException already) {
            return already;
        }
        return new StoreUnavailableException(
                "The Cassandra store (" + where + ") cannot write: " + text(cause)
                        + ". Check that a quorum of its nodes is up; it is asked again with the next request.",
                isHarmless(cause),
                cause);
    }

    StoreUnavailableException overloaded() {
        return new StoreUnavailableException(
                "The Cassandra store (" + where + ") has too many requests under way and refuses more. Slow down, add"
                        + " Cassandra nodes, or raise wavegate.store.cassandra.max-in-flight.",
                true,
                null);
    }

    StoreUnavailableException closed() {
        return new StoreUnavailableException(
                "The Cassandra store (" + where + ") is closed because this node is stopping. Ask another node.",
                true,
                null);
    }

    /**
     * Fails a change of which something may have happened, whatever is the matter now.
     *
     * @param first why the outcome is unknown, if something failed and was not just refused
     * @param then why it could not be found out
     */
    static <T> CompletionStage<T> outcomeUnknown(@Nullable Throwable first, Throwable then) {
        OutcomeUnknownException unknown = new OutcomeUnknownException(first == null ? unwrapped(then) : first);
        unknown.addSuppressed(unwrapped(then));
        return CompletableFuture.failedFuture(unknown);
    }

    /**
     * True if it is certain that a write which failed like this left no trace: Cassandra refused to begin it. A conditional
     * write for which there are too few nodes may have been agreed on already, unless it was agreement they were needed for.
     */
    static boolean isHarmless(Throwable cause) {
        return cause instanceof NoNodeAvailableException
                || cause instanceof QueryValidationException
                || (cause instanceof UnavailableException unavailable
                        && unavailable.getConsistencyLevel().isSerial());
    }

    private Throwable explained(Throwable thrown) {
        return thrown instanceof TimeoutException
                ? new TimeoutException("no answer within " + answerLimit.toMillis() + " ms (answer-limit)")
                : unwrapped(thrown);
    }

    static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** Something may have happened. */
    private static final class OutcomeUnknownException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutcomeUnknownException(Throwable why) {
            super(text(why), why);
        }
    }
}
