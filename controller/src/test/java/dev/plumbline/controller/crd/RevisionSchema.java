package dev.plumbline.controller.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.ZonedDateTime;

/** One applied revision in a status. */
final class RevisionSchema {

    @JsonPropertyDescription("What rollback accepts.")
    public long revision;

    @JsonPropertyDescription("Its commit.")
    public String commit;

    @JsonPropertyDescription("The digest of what was applied, before stamps.")
    public String digest;

    @JsonPropertyDescription("When it was applied.")
    public ZonedDateTime appliedAt;

    @JsonPropertyDescription("What started it.")
    public String trigger;
}
