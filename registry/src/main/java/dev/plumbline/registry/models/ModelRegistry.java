package dev.plumbline.registry.models;

import java.util.Map;
import java.util.Optional;

/** A registry of model versions. Every call is bounded in time. */
public interface ModelRegistry {

    /**
     * A registered version; empty when the registry answers that there is none.
     *
     * @throws ModelRegistryException when it does not answer so
     */
    Optional<ModelVersion> find(String name, String version) throws ModelRegistryException;

    /**
     * Sets tags on a version, and on the run that made it where there is one. Only the recorder may call this.
     *
     * @throws ModelRegistryException when not all of them were set; setting again is safe
     */
    void tag(ModelVersion version, Map<String, String> tags) throws ModelRegistryException;
}
