package dev.plumbline.controller.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** {@code spec.source} of a {@code PipelineSync}. */
@ValidationRule(
        value = "!has(self.verify) || self.verify.mode == 'Commit'"
                + " || (has(self.ref) && (has(self.ref.tag) || has(self.ref.semver)))",
        message = "verify.mode asks for a signed tag, so ref must name a tag or semver")
final class SourceSchema {

    enum Provider {
        SSH,
        OpenPGP
    }

    enum VerifyMode {
        Commit,
        Tag,
        TagAndCommit
    }

    @Required
    @Size(min = 1, max = 2048)
    @ValidationRule(
            value = "self.matches('^(https://|ssh://)[^/[:space:]]+[^[:space:]]*$|^/[^[:space:]]+$')",
            message = "must begin with https:// or ssh://, or be an absolute path")
    @ValidationRule(
            value = "!self.matches('^https://[^/]*@') && !self.matches('^ssh://[^/@]*:[^/]*@')",
            message = "must not hold a user or password; put them into the Secret that secretRef names")
    @JsonPropertyDescription(
            "The repository: https://, ssh://, or an absolute path that the operator of the controller allows.")
    public String url;

    @JsonPropertyDescription("Which commit; the head of the repository's own branch without it.")
    public Ref ref;

    @JsonPropertyDescription(
            "Secret in this namespace with a token, a username and password, or an SSH key and pinned host keys.")
    public Reference secretRef;

    @JsonPropertyDescription("Certificates (PEM) that the server is trusted by, besides the system's.")
    public CaBundle caBundle;

    @JsonPropertyDescription("Which signature a commit needs; an unsigned one is refused.")
    public Verify verify;

    @ValidationRule(
            value = "(has(self.branch) ? 1 : 0) + (has(self.tag) ? 1 : 0) + (has(self.semver) ? 1 : 0)"
                    + " + (has(self.commit) ? 1 : 0) <= 1",
            message = "must name one of branch, tag, semver and commit")
    static final class Ref {
        @Size(min = 1, max = 255)
        @JsonPropertyDescription("The head of a branch.")
        public String branch;

        @Size(min = 1, max = 255)
        @JsonPropertyDescription("The commit of a tag.")
        public String tag;

        @Size(min = 1, max = 255)
        @JsonPropertyDescription(
                "The commit of the highest tag within a range of semantic versions, such as >=1.4.0 <2.")
        public String semver;

        @Size(min = 1, max = 64)
        @ValidationRule(
                value = "self.matches('^[0-9a-f]{40}([0-9a-f]{24})?$')",
                message = "must be the full id of a commit, 40 or 64 lower-case hexadecimal digits")
        @JsonPropertyDescription("One commit by its full id.")
        public String commit;
    }

    static final class Reference {
        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name of the object.")
        public String name;
    }

    static final class KeyReference {
        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name of the object.")
        public String name;

        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name of the entry.")
        public String key;
    }

    @ValidationRule(
            value = "has(self.secretKeyRef) != has(self.configMapKeyRef)",
            message = "must name one of secretKeyRef and configMapKeyRef")
    static final class CaBundle {
        @JsonPropertyDescription("An entry of a Secret in this namespace.")
        public KeyReference secretKeyRef;

        @JsonPropertyDescription("An entry of a ConfigMap in this namespace.")
        public KeyReference configMapKeyRef;
    }

    static final class Verify {
        @Default("SSH")
        @JsonPropertyDescription("Form of the signature.")
        public Provider provider;

        @Required
        @JsonPropertyDescription("Secret in this namespace with the allowed signers.")
        public Reference secretRef;

        @Default("Commit")
        @JsonPropertyDescription("What must be signed: the commit, the tag that names it, or both.")
        public VerifyMode mode;
    }
}
