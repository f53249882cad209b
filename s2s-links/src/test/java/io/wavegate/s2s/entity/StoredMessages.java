package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/**
 * Messages between nodes as earlier releases wrote them: test resources, in a folder for each release, for ever. A new message
 * gets a file in the folder of its release: {@code -Dwavegate.messages.write=FOLDER} has a test write those that are missing
 * below the folder, and read them from there.
 */
final class StoredMessages {
    private StoredMessages() {}

    /** Makes a node that can write and read them; they may name actors of other nodes. */
    static ActorTestKit node(String name) {
        return ActorTestKit.create(
                name,
                ConfigFactory.parseString(
                                """
                                pekko.actor.provider = cluster
                                pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                                pekko.cluster.jmx.enabled = off
                                """)
                        .withFallback(ConfigFactory.load()));
    }

    /**
     * @param file below the test resources
     * @param now the message as this release writes it
     */
    static byte[] read(String file, byte[] now) throws IOException {
        String folder = System.getProperty("wavegate.messages.write", "");
        if (!folder.isEmpty()) {
            Path path = Path.of(folder, file);
            if (Files.notExists(path)) {
                Files.createDirectories(path.getParent());
                Files.write(path, now);
            }
            return Files.readAllBytes(path);
        }
        try (InputStream stored = StoredMessages.class.getResourceAsStream("/" + file)) {
            assertThat(stored).as("the stored message " + file).isNotNull();
            return stored.readAllBytes();
        }
    }
}
