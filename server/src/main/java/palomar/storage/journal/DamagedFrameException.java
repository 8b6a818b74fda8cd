package palomar.storage.journal;

import java.io.IOException;

/// What stands at an LSN is not the frame that was written there; nothing of it was given out.
public final class DamagedFrameException extends IOException {
    private final transient Damage damage;

    public DamagedFrameException(Damage damage) {
        super(damage.toString());
        this.damage = damage;
    }

    public Damage damage() {
        return damage;
    }
}
