package dev.plumbline.registry.evidence;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.ModelRecord.Registration;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SLSA's Verification Summary of a model: PASSED when its run succeeded, its verdict is MATCH and no model registry names another
 * run for it or is still to say so, else FAILED. It says so of the verdict {@code MATCH} alone, so that a gate which knows only summaries is not passed by
 * any other.
 */
final class VerdictSummary {

    private static final String SLSA_VERSION = "1.2";

    private VerdictSummary() {}

    /** What is judged: the purl of a registered model, which slsa-verifier compares as it is. */
    static String resource(String name, String version) {
        return "pkg:mlflow/" + encoded(name) + (version.isEmpty() ? "" : "@" + encoded(version));
    }

    /**
     * The summary.
     *
     * @param inputs digests of the statements that it rests on, as they are stored
     * @param now when it was judged
     * @param awaited whether a model registry is still to say whose the model is
     */
    static Statement of(
            RunRecord record,
            ModelRecord model,
            List<Subject> subjects,
            List<Digest> inputs,
            Builder builder,
            Instant now,
            boolean awaited) {
        boolean passed = !awaited && passed(record, model);
        List<@Nullable Object> attestations = new ArrayList<>();
        for (Digest input : inputs) {
            Map<String, @Nullable Object> attestation = new LinkedHashMap<>();
            attestation.put("uri", "urn:plumbline:object:" + input.value());
            attestation.put("digest", Map.of("sha256", input.hex()));
            attestations.add(attestation);
        }
        List<String> levels = new ArrayList<>();
        if (passed) {
            levels.add(builder.matchLevel());
            if (!record.dataDigests().isEmpty()) {
                levels.add(builder.inputsLevel());
            }
        }
        Map<String, @Nullable Object> predicate = new LinkedHashMap<>();
        predicate.put("verifier", Map.of("id", builder.verifier()));
        predicate.put("timeVerified", now.truncatedTo(ChronoUnit.SECONDS).toString());
        predicate.put("resourceUri", resource(model.name(), model.version()));
        predicate.put("policy", Map.of("uri", Builder.POLICY));
        predicate.put("inputAttestations", attestations);
        predicate.put("verificationResult", passed ? "PASSED" : "FAILED");
        predicate.put("verifiedLevels", levels);
        predicate.put("slsaVersion", SLSA_VERSION);
        return new Statement(subjects, Statement.SUMMARY, predicate);
    }

    private static boolean passed(RunRecord record, ModelRecord model) {
        return record.judgement().verdict() == Verdict.MATCH
                && record.phase().equals(RunRecord.SUCCEEDED)
                && model.registration() != Registration.OTHER_RUN;
    }

    /** Percent-encoded as package URLs are, so that no name can end the path. */
    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
