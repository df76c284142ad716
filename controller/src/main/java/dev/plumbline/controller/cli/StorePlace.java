package dev.plumbline.controller.cli;

import dev.plumbline.controller.app.operator.OperatorStore;
import dev.plumbline.registry.evidence.CopyMark;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a store is, and how what became of it is printed, for commands that work on one without anything running. */
class StorePlace {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:PLUMBLINE_DATA:-.plumbline}",
            description = "data folder of `plumbline up` (default: $PLUMBLINE_DATA, else .plumbline)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Path data;

    @Option(names = "--store", paramLabel = "DIR|s3://…", description = "the store (default: store in the data folder)")
    @Nullable
    String store;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "how to print: ${COMPLETION-CANDIDATES} (default: text)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Format output;

    /** How it is printed. */
    enum Format {
        /** For people. */
        text,
        /** For machines. */
        json
    }

    /** The store, which must be there. */
    Stores stores() throws StoreException {
        String where = where();
        if (!where.startsWith("s3://") && !Files.isDirectory(Path.of(where))) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "there is no store in " + where + "; name one with --store, or the data folder with --data");
        }
        Stores stores = OperatorStore.open(where);
        CopyMark.requireWhole(stores);
        return stores;
    }

    /** Where the store is, or is to be. */
    String where() {
        return store == null ? data.resolve("store").toString() : store;
    }
}
