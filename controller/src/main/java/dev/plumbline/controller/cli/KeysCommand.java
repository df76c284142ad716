package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.VerificationKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Make, rotate and list the keys that evidence is signed with.",
        footer = {
            "",
            "`up` makes its first key itself. Give the public half (NAME.pem, or `plumbline keys list -o json`) to those who",
            "verify; the private half never leaves the folder. After a rotation the old public key stays, for what it signed."
        },
        subcommands = {KeysCommand.Create.class, KeysCommand.Rotate.class, KeysCommand.ListThem.class})
final class KeysCommand {

    /** What the three have in common. */
    @Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true)
    abstract static class Part implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        CommandSpec spec;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "${env:PLUMBLINE_DATA:-.plumbline}",
                description = "data folder of `plumbline up` (default: $PLUMBLINE_DATA, else .plumbline)")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        Path data;

        @Option(
                names = "--keys",
                paramLabel = "DIR",
                description = "folder of the keys (default: keys in the data folder)")
        @Nullable
        Path folder;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                defaultValue = "text",
                description = "how to print: ${COMPLETION-CANDIDATES} (default: text)")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        Format output;

        /** How they are printed. */
        enum Format {
            /** For people. */
            text,
            /** For machines, with the public keys. */
            json,
            /** Only their fingerprints. */
            name
        }

        abstract int run(KeyFolder keys) throws SignException;

        @Override
        public Integer call() {
            try {
                return run(new KeyFolder(folder == null ? data.resolve("keys") : folder));
            } catch (SignException e) {
                throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
            }
        }

        /** Tells which key was made. */
        final int made(VerificationKey key, String sentence) {
            out().println(
                            switch (output) {
                                case json ->
                                    Json.pretty(
                                            new LinkedHashMap<>(Map.of("key", key.fingerprint(), "pem", key.pem())));
                                case name -> key.fingerprint();
                                case text -> sentence;
                            });
            return 0;
        }

        final PrintWriter out() {
            return spec.commandLine().getOut();
        }
    }

    /** {@code plumbline keys create}. */
    @Command(name = "create", description = "Make the first key.")
    static final class Create extends Part {
        @Override
        int run(KeyFolder keys) throws SignException {
            VerificationKey key = keys.create(Instant.now()).key();
            return made(key, "made key " + key);
        }
    }

    /** {@code plumbline keys rotate}. */
    @Command(name = "rotate", description = "Make the next key; what the old one signed stays valid.")
    static final class Rotate extends Part {

        @Option(
                names = "--overlap",
                paramLabel = "TIME",
                converter = TimeOption.Wait.class,
                description =
                        "how long the old key may still sign where its private half was copied to, such as 10m for a"
                                + " Secret of a cluster (default: not at all)")
        @Nullable
        Duration overlap;

        @Override
        int run(KeyFolder keys) throws SignException {
            Duration still = overlap == null ? Duration.ZERO : overlap;
            VerificationKey key = keys.rotate(InstantSource.system(), still).key();
            return made(key, "made key " + key + ", which signs from now on");
        }
    }

    /** {@code plumbline keys list}. */
    @Command(name = "list", description = "List the keys, the one that signs last.")
    static final class ListThem extends Part {
        @Override
        int run(KeyFolder keys) throws SignException {
            List<KnownKey> known = keys.keyring().keys();
            switch (output) {
                case json -> out().println(Json.pretty(tree(known)));
                case name -> known.forEach(key -> out().println(key.key().fingerprint()));
                case text -> out().println(table(known));
            }
            return 0;
        }

        private static String table(List<KnownKey> known) {
            if (known.isEmpty()) {
                return "no keys yet; `plumbline keys create` makes the first one";
            }
            Table table = new Table("key", "created", "state");
            for (KnownKey key : known) {
                table.row(
                        key.key().fingerprint(),
                        RunText.time(String.valueOf(key.created())),
                        key.retired() == null
                                ? "signs"
                                : "retired " + RunText.time(key.retired().toString())
                                        + ", verifies what it signed before");
            }
            return table.toString();
        }

        private static Map<String, @Nullable Object> tree(List<KnownKey> known) {
            List<@Nullable Object> list = new ArrayList<>();
            for (KnownKey key : known) {
                Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                entry.put("id", key.key().fingerprint());
                entry.put("created", String.valueOf(key.created()));
                entry.put(
                        "retired", key.retired() == null ? null : key.retired().toString());
                entry.put("pem", key.key().pem());
                list.add(entry);
            }
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("keys", list);
            return tree;
        }
    }
}
