package dev.plumbline.controller.app.operator;

import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.s3.S3Settings;
import dev.plumbline.registry.s3.S3Stores;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Path;

/** Opens the store that the operator of the controller chose: a folder, or a bucket, which several programs may share. */
public final class OperatorStore {

    private static final String S3 = "s3://";

    private OperatorStore() {}

    /**
     * Opens it.
     *
     * @param place a folder, or {@code s3://bucket/prefix} as {@link S3Settings} reads it
     * @throws StoreException when it cannot be used
     */
    public static Stores open(String place) throws StoreException {
        if (!place.startsWith(S3)) {
            return FileStores.open(Path.of(place).toAbsolutePath().normalize());
        }
        try {
            return S3Stores.open(S3Settings.parse(place));
        } catch (IllegalArgumentException e) {
            throw new StoreException("the store " + place + " cannot be used: " + e.getMessage(), false, e);
        }
    }
}
