using Hypergate.Results.Secrets;

namespace Hypergate.Tests.Results.Secrets;

/// <summary>Suite S14: errors, log and audit hide what looks like a secret.</summary>
[Trait("Suite", "S14")]
[Trait("Rule", "R-SECRET")]
public sealed class SecretPatternsTests
{
    [Theory]
    [InlineData("key hg_ab12cd34_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG000000 is old", "key *** is old")]
    [InlineData("AKIAIOSFODNN7EXAMPLE was refused", "*** was refused")]
    [InlineData("ticket PVE:root@pam:4EEC61E2::rsKoApxDTLYPn6H3NNT6iP2mv+/= ended", "ticket *** ended")]
    [InlineData("PVEVNC:4EEC61E2::rsKoApxDTLYPn6H3NNT6iP2mv", "***")]
    [InlineData("PVEVNC:67A1::x, PVEVNC:4EEC61E2::no", "PVEVNC:67A1::x, PVEVNC:4EEC61E2::no")]
    [InlineData("Authorization: PVEAPIToken=hypergate@pve!gateway=aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "Authorization: ***")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----", "***")]
    [InlineData("eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl", "***")]
    [InlineData("key hg_ab12cd34_***: revoked", "key hg_ab12cd34_***: revoked")]
    [InlineData("PVE 9 and ASIA are words", "PVE 9 and ASIA are words")]
    public void It_is_replaced_and_other_text_is_not(string text, string shown) => Assert.Equal(shown, SecretPatterns.Hide(text));
}
