package dev.plumbline.registry.keys;

import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Signs with the newest key of a folder, which is read anew each time, so that a rotation counts at once. */
public final class FolderSigner implements Signer {

    private static final Set<PosixFilePermission> TOO_WIDE = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final KeyFolder keys;

    /** A signer with the keys of a folder. */
    public FolderSigner(KeyFolder keys) {
        this.keys = keys;
    }

    @Override
    public Signed sign(byte[] message) throws SignException {
        List<KnownKey> known = keys.keyring().keys();
        if (known.isEmpty()) {
            throw new SignException("tried to sign with a key in " + keys.folder()
                    + ", failed because there is none; make one with `plumbline keys create`");
        }
        KnownKey newest = known.getLast();
        Path file = keys.privateFile(newest.key());
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            if (rights.stream().anyMatch(TOO_WIDE::contains)) {
                throw new SignException("tried to sign with " + file
                        + ", refused because others than its owner can read or change it; run chmod 600 on it, and `plumbline"
                        + " keys rotate` if somebody may have read it");
            }
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(KeyPairFile.read(Files.readString(file)));
            signature.update(message);
            byte[] bytes = signature.sign();
            if (!newest.key().verifies(message, bytes)) {
                throw new SignException("tried to sign with " + file + ", failed because it is not the private half of "
                        + newest.key() + "; restore it");
            }
            return new Signed(newest.key(), bytes);
        } catch (IOException | GeneralSecurityException e) {
            throw keys.failed("sign with the key in", e);
        }
    }
}
