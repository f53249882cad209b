package io.wavegate.load.chaos.lab;

import io.wavegate.load.chaos.net.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A disk of its own that can be filled and slowed down: an image with ext4 behind a loop device, where root may mount one. */
public final class LabDisk implements AutoCloseable {
    private static final long BYTES = 1L << 30;
    private static final int[] PIECES = {1 << 20, 1 << 12, 1};

    private final Path image;
    private final Path root;
    private boolean frozen;

    private LabDisk(Path image, Path root) {
        this.image = image;
        this.root = root;
    }

    /** Makes and mounts one in this folder; empty where this machine does not allow it. */
    static Optional<LabDisk> mount(Path folder, String name) throws IOException {
        LabDisk disk = new LabDisk(folder.resolve(name + ".disk"), Files.createDirectories(folder.resolve(name)));
        try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
            // Takes space as it is written to.
            file.setLength(BYTES);
        }
        try {
            Command.run("mkfs.ext4", "-q", "-F", "-m", "0", disk.image.toString());
            Command.run("mount", "-o", "loop", disk.image.toString(), disk.root.toString());
            return Optional.of(disk);
        } catch (IOException notAllowed) {
            Files.delete(disk.image);
            return Optional.empty();
        }
    }

    /** Where files go. */
    Path root() {
        return root;
    }

    /** Leaves no byte free. */
    public void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast())) {
            for (int piece : PIECES) {
                writeUntilFull(out, new byte[piece]);
            }
        }
    }

    private static void writeUntilFull(OutputStream out, byte[] piece) {
        try {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            // That is what was wanted.
            return;
        }
    }

    /** Gives back what {@link #fill} took. */
    public void free() throws IOException {
        Files.deleteIfExists(ballast());
    }

    /** From now on a write waits, whoever makes it, until {@link #thaw}; reading goes on. */
    public void freeze() throws IOException {
        Command.run("fsfreeze", "--freeze", root.toString());
        frozen = true;
    }

    /** Lets writes go on; nothing if they do. */
    public void thaw() throws IOException {
        if (frozen) {
            Command.run("fsfreeze", "--unfreeze", root.toString());
            frozen = false;
        }
    }

    private Path ballast() {
        return root.resolve("ballast");
    }

    @Override
    public void close() throws IOException {
        // Who waits for a frozen disk cannot even be killed.
        thaw();
        Command.run("umount", root.toString());
        Files.delete(image);
    }
}
