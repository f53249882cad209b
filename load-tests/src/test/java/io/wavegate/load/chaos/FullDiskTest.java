package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full while people write. */
final class FullDiskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path disk;
    private Lab lab;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()) == 0,
                "mounting a small disk needs root");
        lab = new Lab(folder.resolve("lab"));
    }

    @AfterEach
    void unmount() throws Exception {
        if (lab != null) {
            lab.close();
        }
        run("umount", disk.toString());
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    @Test
    void nothingIsAcknowledgedThatIsNotStoredAndItGoesOnByItselfWhenThereIsRoom() throws Exception {
        Path ballast = Files.write(disk.resolve("ballast"), new byte[12 << 20]);
        GatewayProcess gateway = lab.gateway("a.test")
                .store(disk.resolve("store"))
                .with("wavegate.store.embedded { reserve = 0, write-buffer = 1 MiB }")
                .start();
        RawApi alice = gateway.raw("alice");
        WaveletName wavelet;
        try (WavegateClient client = gateway.client("alice")) {
            wavelet = client.createWave(List.of());
        }
        List<HashedVersion> acknowledged = new ArrayList<>(List.of(alice.version(wavelet)));
        String content = "x".repeat(100_000);
        RawApi.Reply reply;
        String delta;
        do {
            HashedVersion target = acknowledged.get(acknowledged.size() - 1);
            delta = ClientInputTest.delta(
                    target, alice.user(), "b+" + acknowledged.size(), List.of(new Characters(content)));
            reply = alice.submit(wavelet, delta);
            if (reply.status() == 200) {
                acknowledged.add(version(reply));
            }
        } while (reply.status() == 200);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
        assertThat(reply.reason()).isEqualTo("STORE_UNAVAILABLE");
        assertThat(reply.detail()).contains("Resubmit the same bytes");
        assertThat(gateway.log()).contains("disk is full").contains("Free some space");

        Files.delete(ballast);
        String unanswered = delta;
        await().atMost(PATIENCE).until(() -> {
            RawApi.Reply again = alice.submit(wavelet, unanswered);
            if (again.status() == 200) {
                acknowledged.add(version(again));
            }
            return again.status() == 200;
        });
        assertThat(results(alice, wavelet)).isEqualTo(acknowledged);

        gateway.kill();
        gateway.start();
        assertThat(results(alice, wavelet)).isEqualTo(acknowledged);
    }

    private static HashedVersion version(RawApi.Reply reply) throws Exception {
        return DeltaJson.readVersion(reply.body().path("hashed_version"), "hashed_version");
    }

    private static List<HashedVersion> results(RawApi reader, WaveletName wavelet) throws Exception {
        return reader.history(wavelet).stream().map(DeltaPage.Delta::result).toList();
    }
}
