package palomar.storage.loft.v1;

/// Something that `palomar loft verify` found.
///
/// @param place shard, user, mailbox and UID, as far as they are known
/// @param what is wrong, for the operator
public record LoftProblem(String place, String what) {
    @Override
    public String toString() {
        return place + ": " + what;
    }
}
