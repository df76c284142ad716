package dev.plumbline.registry.provenance;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.source.SourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A court for runs of the {@link SampleRepository}. */
final class SampleCourt {

    private SampleCourt() {}

    /** Judges a run whose ConfigMaps the cluster held unchanged, with the Release of one commit in force. */
    static Judgement judge(SampleRepository repository, Map<String, @Nullable Object> run, CommitId inForce)
            throws SourceException {
        CommitId[] all = repository.lines().stream()
                .flatMap(List::stream)
                .filter(commit -> repository.at(commit).isPresent())
                .toArray(CommitId[]::new);
        return judge(repository, run, SampleRuns.steps(repository, all), inForce);
    }

    /** Judges a run with the Release of one commit in force. */
    static Judgement judge(
            SampleRepository repository,
            Map<String, @Nullable Object> run,
            Map<String, StepCode.Sighting> configMaps,
            CommitId inForce)
            throws SourceException {
        return new Judge()
                .judge(
                        RunObserver.observe(run),
                        new LinkedHashMap<>(configMaps),
                        repository,
                        List.of(repository.inForce(1, inForce)));
    }
}
