package io.wavegate.persistence.embedded;

import io.wavegate.persistence.journal.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes sure of the folder before RocksDB sees it, whose own messages name its inner files only. */
final class Folder {
    private Folder() {}

    /** Creates the folder and those above it if need be. */
    static void ready(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw refused(path, "is not a folder, but a file: " + e.getFile(), e);
        } catch (IOException e) {
            throw refused(path, "cannot be created (" + why(e) + ")", e);
        }
        try {
            Path probe = Files.createTempFile(path, "probe", ".tmp");
            Files.delete(probe);
        } catch (IOException e) {
            throw refused(path, "cannot be written to by this user (" + why(e) + ")", e);
        }
    }

    private static String why(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException inFile && inFile.getReason() != null
                ? inFile.getReason()
                : String.valueOf(e.getMessage());
    }

    private static StoreUnavailableException refused(Path path, String why, IOException cause) {
        return new StoreUnavailableException(
                "The store's folder " + path + " " + why
                        + ". Name a folder that this user may write to: wavegate.store.embedded.folder.",
                true,
                cause);
    }
}
