package io.wavegate.load.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out tests: of this module as folders, of others as the jars that they are once a build has packaged them. */
final class ProductOnly implements ImportOption {
    private final ImportOption noTestFolders = new DoNotIncludeTests();

    @Override
    public boolean includes(Location location) {
        return noTestFolders.includes(location) && !location.contains("-tests.jar");
    }
}
