package dev.plumbline.registry.git;

import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.source.Tip;
import dev.plumbline.registry.source.Verification;
import dev.plumbline.registry.source.Verification.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.GpgConfig.GpgFormat;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SignatureVerifiers;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** Checks the signatures of commits and tags of a mirror. What is not signed by an allowed signer is refused. */
final class Signatures {

    private final Repository mirror;
    private final Address address;

    Signatures(Repository mirror, Address address) {
        this.mirror = mirror;
        this.address = address;
    }

    /** The signers of what is asked for, see {@link dev.plumbline.registry.source.Source#verify}. */
    List<String> verify(Tip tip, Verification verification) throws SourceException {
        Subject subject = verification.subject();
        List<String> signers = new ArrayList<>();
        try (RevWalk walk = new RevWalk(mirror)) {
            if (subject == Subject.TAG || subject == Subject.TAG_AND_HEAD) {
                signers.add(signer(tag(walk, tip), verification));
            }
            if (subject == Subject.HEAD || subject == Subject.TAG_AND_HEAD) {
                Signed head = Signed.of(
                        walk.parseCommit(ObjectId.fromString(tip.commit().hex())));
                signers.add(signer(head, verification));
            }
        } catch (SignatureRefusedException e) {
            throw new SourceException(
                    "tried to verify " + (tip.name().isEmpty() ? "the pinned commit" : tip.name()) + " of "
                            + address.shown() + ", refused because " + e.getMessage()
                            + "; sign it with an allowed key, or allow its signer",
                    false);
        } catch (IOException e) {
            throw Failures.mirror("verify " + tip.commit(), address, e);
        }
        return signers;
    }

    /** The tag's own name is signed with it: a signed tag under another name is an old one put in place of a new one. */
    private static Signed tag(RevWalk walk, Tip tip) throws IOException, SignatureRefusedException {
        RevObject object = walk.parseAny(ObjectId.fromString(tip.object()));
        if (!(object instanceof RevTag tag)) {
            throw new SignatureRefusedException("a signed tag is asked for, and it is no annotated tag");
        }
        if (!tip.name().equals(Constants.R_TAGS + tag.getTagName())) {
            throw new SignatureRefusedException("the tag object in its place calls itself " + tag.getTagName());
        }
        if (!tag.getObject().name().equals(tip.commit().hex())) {
            throw new SignatureRefusedException("it names another tag, not a commit");
        }
        return Signed.of(tag);
    }

    private String signer(Signed signed, Verification verification) throws SignatureRefusedException, IOException {
        byte[] signature = signed.signature();
        if (signature == null) {
            throw new SignatureRefusedException(signed.what() + " is not signed");
        }
        GpgFormat format = SignatureVerifiers.getFormat(signature);
        boolean ssh = format == GpgFormat.SSH;
        if (!ssh && format != GpgFormat.OPENPGP) {
            throw new SignatureRefusedException(signed.what() + " is signed in a form that is not known here");
        }
        String keys = ssh ? verification.sshSigners() : verification.openPgpKeys();
        if (keys.isBlank()) {
            throw new SignatureRefusedException(signed.what() + " is signed with "
                    + (ssh
                            ? "an ssh key, and no ssh signers are allowed"
                            : "OpenPGP, and no OpenPGP keys are allowed"));
        }
        try {
            return ssh
                    ? SshSigners.verify(mirror, keys, signed.content(), signature)
                    : OpenPgpSigners.parse(keys).verify(signed.content(), signature);
        } catch (SignatureRefusedException e) {
            throw new SignatureRefusedException(
                    "the signature of " + signed.what() + " does not count: " + e.getMessage());
        }
    }
}
