package io.wavegate.load.chaos.run;

import java.io.IOException;

/**
 * Something that happens to the laboratory while it is under load.
 *
 * @param key its name on the command line
 * @param title for the table
 * @param closesAllowed whether peers may see closes of streams; where not, one is a failure
 * @param script what is done
 */
public record Scenario(String key, String title, boolean closesAllowed, Script script) {
    /** What is done, while others type. */
    public interface Script {
        /** Does it; what it broke for good, the run mends afterwards. */
        void run(Stage stage) throws IOException, InterruptedException;
    }

    /** The same where nodes own sockets and run entities both, so that none can be restarted without closing streams. */
    public Scenario withClosesAllowed() {
        return new Scenario(key, title, true, script);
    }

    static Scenario of(String key, String title, Script script) {
        return new Scenario(key, title, true, script);
    }
}
