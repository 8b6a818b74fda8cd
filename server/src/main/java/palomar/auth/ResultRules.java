package palomar.auth;

/// The rules of one database in a chain.
///
/// @param success it knows him (and the password is right)
/// @param failure it does not, or the password is wrong
/// @param internalFailure it can't tell
public record ResultRules(Rule success, Rule failure, Rule internalFailure) {
    /// A success decides; anything else leaves it to the next database.
    public static final ResultRules DEFAULT = new ResultRules(Rule.RETURN_OK, Rule.CONTINUE, Rule.CONTINUE);
}
