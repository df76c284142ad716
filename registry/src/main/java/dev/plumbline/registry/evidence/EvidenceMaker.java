package dev.plumbline.registry.evidence;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import dev.plumbline.registry.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the evidence about a recorded run: for each of its models four statements from the one record, signed and kept. */
public final class EvidenceMaker {

    private final EvidenceArchive archive;
    private final EvidenceSource source;
    private final Builder builder;
    private final Signer signer;

    /** A maker for the runs of one sync. */
    public EvidenceMaker(EvidenceArchive archive, EvidenceSource source, Builder builder, Signer signer) {
        this.archive = archive;
        this.source = source;
        this.builder = builder;
        this.signer = signer;
    }

    /**
     * Makes and keeps the evidence about a run, unless there is some already.
     *
     * @param record the run
     * @param stored digest of its stored record
     * @param files the files of its models, by index among the record's models; none where they could not be read
     * @param now when
     * @param awaited whether a model registry is still to say whose the models are: then the run statement says so, no summary of a
     *     registered model is PASSED, and {@link #answer} makes others
     * @return the evidence that stands in the store now
     * @throws SignException when the key cannot be used
     * @throws StoreException when it is unknown whether it was kept; making again is safe
     */
    public RunEvidence make(
            RunRecord record, Digest stored, Map<Integer, List<ModelFile>> files, Instant now, boolean awaited)
            throws SignException, StoreException {
        RunEvidence known = archive.find(record.id()).orElse(null);
        if (known != null) {
            return known;
        }
        Statement render = RenderStatement.of(record, source, builder);
        Digest rendered = render == null ? null : keep(render, Bundle.Hints.FINGERPRINT);
        List<ModelEvidence> models = new ArrayList<>();
        for (int i = 0; i < record.models().size(); i++) {
            models.add(model(
                    record, stored, record.models().get(i), files.getOrDefault(i, List.of()), rendered, now, awaited));
        }
        return archive.keep(new RunEvidence(record.id(), stored, models, awaited));
    }

    /**
     * Makes and keeps other summaries, now that the model registry answered; nothing where none are awaited.
     *
     * @param record the run, with what the registry said of its models
     * @param now when
     * @throws SignException when the key cannot be used
     * @throws StoreException when it is unknown whether they were kept; making again is safe
     */
    public void answer(RunRecord record, Instant now) throws SignException, StoreException {
        RunEvidence known = archive.find(record.id()).orElse(null);
        if (known == null || !known.awaited()) {
            return;
        }
        List<ModelEvidence> models = new ArrayList<>();
        for (int i = 0; i < known.models().size(); i++) {
            ModelEvidence model = known.models().get(i);
            models.add(model.summarised(summary(
                    record, record.models().get(i), model.subjects(), model.render(), model.run(), now, false)));
        }
        archive.keepAnswered(new RunEvidence(known.id(), known.record(), models, false));
    }

    private ModelEvidence model(
            RunRecord record,
            Digest stored,
            ModelRecord model,
            List<ModelFile> files,
            @Nullable Digest rendered,
            Instant now,
            boolean awaited)
            throws SignException, StoreException {
        List<Subject> subjects = subjects(model, stored, files);
        boolean waits = awaited && !model.version().isEmpty();
        Digest run = keep(RunStatement.of(record, stored, subjects, source, builder, waits), Bundle.Hints.FINGERPRINT);
        Digest summary = summary(record, model, subjects, rendered, run, now, waits);
        Digest signature = files.isEmpty() ? null : keep(ModelSignature.of(model.name(), files), Bundle.Hints.PEM);
        return new ModelEvidence(model.name(), model.version(), subjects, rendered, run, summary, signature);
    }

    private Digest summary(
            RunRecord record,
            ModelRecord model,
            List<Subject> subjects,
            @Nullable Digest rendered,
            Digest run,
            Instant now,
            boolean awaited)
            throws SignException, StoreException {
        List<Digest> inputs = Stream.of(rendered, run).filter(Objects::nonNull).toList();
        return keep(
                VerdictSummary.of(record, model, subjects, inputs, builder, now, awaited), Bundle.Hints.FINGERPRINT);
    }

    private Digest keep(Statement statement, Bundle.Hints hints) throws SignException, StoreException {
        return archive.put(Bundle.sign(statement.bytes(), signer, hints));
    }

    /** The name of the subject that is a model. */
    static String name(String model, String version) {
        return model + (version.isEmpty() ? "" : ":" + version);
    }

    /** The name of the subject that stands for a model whose bytes nobody read. */
    static String unread(String name) {
        return "record of the run of " + name;
    }

    /** The model's files and their root; else the stored object; else, so that the run is attested at all, its record. */
    private static List<Subject> subjects(ModelRecord model, Digest stored, List<ModelFile> files) {
        String name = name(model.name(), model.version());
        if (files.isEmpty()) {
            return List.of(
                    model.digest() == null
                            ? new Subject(unread(name), stored, Subject.RUN_RECORD)
                            : new Subject(name, model.digest(), Subject.STORED));
        }
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject(name, ModelFile.root(files), Subject.MODEL));
        if (files.size() <= ModelFile.MAX_LISTED) {
            files.stream()
                    .sorted(ModelFile.ORDER)
                    .forEach(file ->
                            subjects.add(new Subject(name + "/" + file.name(), file.digest(), Subject.MODEL_FILE)));
        }
        return subjects;
    }
}
