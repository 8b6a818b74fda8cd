package palomar.delivery;

import palomar.storage.QuotaLimits;

/// What an operator decides about deliveries.
///
/// @param host our name in Received lines
/// @param separator between user and detail, as in `bob+lists`; empty for none
/// @param detailMailbox the detail names the mailbox, when it exists
/// @param keepDomain the domain is part of the user's name
/// @param mostBytes of a message
/// @param originalRecipient keeps ORCPT as Original-Recipient: RFC 8098 2.3
/// @param quota limits of users of whom the userdb says nothing
public record DeliverySettings(
        String host,
        String separator,
        boolean detailMailbox,
        boolean keepDomain,
        long mostBytes,
        boolean originalRecipient,
        QuotaLimits quota) {}
