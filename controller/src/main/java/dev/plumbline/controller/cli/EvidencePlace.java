package dev.plumbline.controller.cli;

import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.sign.Keyring;
import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.VerificationKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where evidence stands and which keys are believed, for commands that read it without anything running. */
final class EvidencePlace extends StorePlace {

    @Option(
            names = "--key",
            paramLabel = "FILE|DIR",
            description =
                    "a public key in PEM, or a folder of keys, that you believe; may be given again (default: keys in the"
                            + " data folder)")
    List<Path> keys = new ArrayList<>();

    /** The keys that are believed. */
    Keyring keyring() throws SignException, IOException {
        List<Path> places = keys.isEmpty() ? List.of(data.resolve("keys")) : keys;
        List<KnownKey> known = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                known.addAll(new KeyFolder(place).keyring().keys());
            } else if (Files.isRegularFile(place)) {
                try {
                    known.add(KnownKey.of(new VerificationKey(Files.readString(place))));
                } catch (IllegalArgumentException e) {
                    throw new CommandException(CommandException.ENVIRONMENT, place + " is " + e.getMessage());
                }
            }
        }
        if (known.isEmpty()) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "there are no keys in " + places + "; name the public key that you believe with --key");
        }
        return new Keyring(known);
    }

    /** Prints what was checked; answers the exit code. */
    int print(PrintWriter out, String subject, List<Check> checks) {
        boolean verified = Check.verified(checks);
        if (output == Format.json) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("subject", subject);
            tree.put("verified", verified);
            tree.put("checks", checks.stream().map(Check::tree).toList());
            out.println(Json.pretty(tree));
        } else {
            for (Check check : checks) {
                out.println(Table.printable(String.format(
                        "%-6s %s: %s", check.state().name().toLowerCase(Locale.ROOT), check.what(), check.message())));
            }
            String said = checks.stream().noneMatch(check -> check.state() != Check.State.NOTE)
                    ? " (there was nothing to check)"
                    : "";
            out.println((verified ? "verified: " : "NOT VERIFIED: ") + Table.printable(subject) + said);
        }
        out.flush();
        return verified ? 0 : CommandException.WRONG;
    }
}
