package dev.plumbline.controller.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** {@code spec} of a {@code PipelineSync}. */
final class PipelineSyncSchema {

    static final String DURATION = "self.matches('^([0-9]+([.][0-9]+)?(ms|s|m|h))+$')";

    enum Mode {
        Apply,
        Observe
    }

    enum DeletionPolicy {
        Orphan,
        Delete
    }

    enum Policies {
        Enforce,
        Report
    }

    enum Versions {
        SideBySide,
        InPlace
    }

    enum Drift {
        Repair,
        Report
    }

    enum OnFailure {
        Hold,
        Rollback
    }

    @Required
    @JsonPropertyDescription("Where the commits come from.")
    public SourceSchema source;

    @Default(".")
    @Size(min = 1, max = 1024)
    @ValidationRule(
            value = "!self.startsWith('/') && !self.split('/').exists(part, part == '..')",
            message = "must be a path below the repository's root, without '..'")
    @JsonPropertyDescription("The overlay, from the repository's root.")
    public String path;

    @Default("1m")
    @Size(max = 32)
    @ValidationRule(
            value = DURATION + " && duration(self) >= duration('5s') && duration(self) <= duration('24h')",
            message = "must be a duration from 5s to 24h, such as 30s, 1m or 1h30m")
    @JsonPropertyDescription("Pause between two polls.")
    public String interval;

    @Default("Apply")
    @JsonPropertyDescription("Apply writes; Observe does everything but write.")
    public Mode mode;

    @Default("true")
    @JsonPropertyDescription("Whether objects that are no longer wanted are deleted.")
    public boolean prune;

    @Default("Orphan")
    @JsonPropertyDescription(
            "What happens to applied objects when the sync is deleted: Orphan leaves them, Delete deletes them first.")
    public DeletionPolicy deletionPolicy;

    @Default("{}")
    @JsonPropertyDescription("How much one plan may delete without a confirmation. Both bounds hold.")
    public DeletionBudget deletionBudget;

    @Size(min = 1, max = 253)
    @ValidationRule(
            value = "self.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$')",
            message = "must be the name of a service account in the namespace of the sync")
    @JsonPropertyDescription(
            "Service account in this namespace that everything is read and written as. Without one the sync is"
                    + " refused, unless the operator of the controller allows it.")
    public String serviceAccountName;

    @Default("Enforce")
    @JsonPropertyDescription("Whether a denial by the repository's own policies breaks a commit, or is a warning.")
    public Policies policies;

    @Default("SideBySide")
    @JsonPropertyDescription(
            "Whether each template version lives as its own object, or one object is changed in place.")
    public Versions versions;

    @Default("false")
    @JsonPropertyDescription("Whether patches, images and name references reach into Argo's objects.")
    public boolean argo;

    @Default("Repair")
    @JsonPropertyDescription("Whether drift is put back, or only reported.")
    public Drift drift;

    @Default("{}")
    @JsonPropertyDescription("What is expected of applied objects.")
    public Health health;

    @Default("Hold")
    @JsonPropertyDescription(
            "After an apply that failed for a reason in its content: Hold leaves what is applied, Rollback restores"
                    + " the last good revision.")
    public OnFailure onFailure;

    @Size(max = 100)
    @JsonPropertyDescription("Syncs that must be ready at their newest commit before this one applies.")
    public List<Dependency> dependsOn;

    @Size(max = 50)
    @JsonPropertyDescription("Times in which nothing new is applied.")
    public List<WindowSchema> windows;

    @Default("false")
    @JsonPropertyDescription("Whether everything is stopped.")
    public boolean suspend;

    @Size(max = 100)
    @JsonPropertyDescription("Fields that others may set: no drift, and never repaired.")
    public List<Ignore> ignore;

    static final class DeletionBudget {
        @Default("10")
        @Min(0)
        @Max(2147483647)
        @JsonPropertyDescription("Most objects.")
        public Integer count;

        @Default("50")
        @Min(0)
        @Max(100)
        @JsonPropertyDescription("Most of what the sync owns, in percent; one object is always within it.")
        public Integer percent;
    }

    static final class Health {
        @Default("5m")
        @Size(max = 32)
        @ValidationRule(
                value = DURATION + " && duration(self) >= duration('1s') && duration(self) <= duration('24h')",
                message = "must be a duration from 1s to 24h, such as 90s or 5m")
        @JsonPropertyDescription("How long objects may be in progress before the apply has failed.")
        public String timeout;

        @Size(max = 50)
        @JsonPropertyDescription("Health of kinds that Plumbline does not know, or knows otherwise.")
        public List<HealthRule> rules;
    }

    static final class HealthRule {
        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("API version, such as example.org/v1.")
        public String apiVersion;

        @Required
        @Size(min = 1, max = 63)
        @JsonPropertyDescription("Kind.")
        public String kind;

        @Required
        @Size(min = 1, max = 4096)
        @JsonPropertyDescription(
                "CEL over object that holds when it is as asked, such as object.status.phase == 'Done'.")
        public String current;

        @Size(max = 4096)
        @JsonPropertyDescription("CEL over object that holds while it is on its way.")
        public String inProgress;

        @Size(max = 4096)
        @JsonPropertyDescription("CEL over object that holds when it will not become current by itself.")
        public String failed;
    }

    static final class Dependency {
        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name of the sync.")
        public String name;

        @Size(min = 1, max = 63)
        @JsonPropertyDescription("Its namespace, when it is another; the operator of the controller must allow that.")
        public String namespace;
    }

    static final class Ignore {
        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("API version, such as apps/v1; the version does not matter.")
        public String apiVersion;

        @Required
        @Size(min = 1, max = 63)
        @JsonPropertyDescription("Kind.")
        public String kind;

        @Required
        @Size(min = 1, max = 50)
        @ValidationRule(
                value = "self.all(pointer, pointer.matches('^/.'))",
                message = "must hold JSON pointers such as /spec/replicas")
        @JsonPropertyDescription("JSON pointers (RFC 6901), such as /spec/replicas.")
        public List<@Size(min = 1, max = 1024) String> fields;

        @Required
        @Size(min = 1, max = 1024)
        @JsonPropertyDescription("Why, for the people who read it later.")
        public String reason;
    }
}
