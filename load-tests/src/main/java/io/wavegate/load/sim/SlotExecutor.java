package io.wavegate.load.sim;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** Has a dispatcher of a slot's actor system run its mailboxes as events. Made by Pekko, by name. */
public final class SlotExecutor extends ExecutorServiceConfigurator {
    private final String slot;

    /** Called by Pekko. */
    public SlotExecutor(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.slot = prerequisites.settings().config().getString("wavegate-simulation.slot");
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        return () -> Slots.named(slot);
    }
}
