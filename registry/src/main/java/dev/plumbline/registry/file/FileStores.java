package dev.plumbline.registry.file;

import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the stores of a folder. */
public final class FileStores {

    private FileStores() {}

    /**
     * Opens the stores of a folder, which is made when it is missing. One folder may be opened any number of times.
     *
     * @throws StoreException when the folder cannot be made or written
     */
    public static Stores open(Path folder) throws StoreException {
        try {
            Folder files = new Folder(folder);
            return new Stores(new FileObjectStore(files), new FileRefStore(files), new FileLogStore(files));
        } catch (IOException e) {
            throw failed("open the store", folder.toString(), e, "make the folder writable for this user");
        }
    }

    static StoreException failed(String tried, String on, IOException cause, String what) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new StoreException(
                "tried to " + tried + " " + on + ", failed because of "
                        + cause.getClass().getSimpleName() + ": " + why + "; " + what,
                true,
                cause);
    }
}
