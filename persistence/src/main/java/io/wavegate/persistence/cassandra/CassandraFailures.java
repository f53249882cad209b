package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.InvalidConfigurationInQueryException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import io.wavegate.persistence.journal.StoreUnavailableException;
import java.util.concurrent.CompletionException;

/** Says in an operator's words what Cassandra answered: thing, cause, next step. */
final class CassandraFailures {
    private final String where;

    CassandraFailures(CassandraSettings settings) {
        this.where = "keyspace " + settings.keyspace() + " at " + settings.contactPoints();
    }

    StoreUnavailableException cannotOpen(Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        String next;
        if (cause instanceof AuthenticationException || cause instanceof UnauthorizedException) {
            next = "Check wavegate.store.cassandra.user and password, and what this user may do";
        } else if (cause instanceof InvalidQueryException || cause instanceof InvalidConfigurationInQueryException) {
            next = "Create the tables with the shipped schema.cql, or let it be done once:"
                    + " wavegate.store.cassandra.create-schema = on";
        } else {
            next = "Check wavegate.store.cassandra.contact-points and local-datacenter, and that Cassandra runs";
        }
        return new StoreUnavailableException(
                "The Cassandra store (" + where + ") cannot be opened: " + text(cause) + ". " + next + ".",
                true,
                cause);
    }

    StoreUnavailableException cannotRead(Throwable thrown) {
        Throwable cause = unwrapped(thrown);
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
        Throwable cause = unwrapped(thrown);
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

    /** True if it is certain that a write which failed like this left no trace: Cassandra refused to begin it. */
    static boolean isHarmless(Throwable cause) {
        return cause instanceof NoNodeAvailableException
                || cause instanceof UnavailableException
                || cause instanceof QueryValidationException;
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
}
