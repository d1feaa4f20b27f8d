namespace Hypergate.Host.Settings;

/// <summary>What tokens of an authorization server need that the schema cannot say.</summary>
internal static class OAuthRules
{
    public static IEnumerable<SettingsFault> Check(OAuthSettings oauth, string path)
    {
        if (oauth.Resource is not { IsAbsoluteUri: true, UserInfo: "", Fragment: "", Query: "" } || oauth.Resource.Scheme is not ("http" or "https"))
        {
            yield return new($"{path}.resource", "must be the address of MCP here, such as https://gateway.example.com/mcp");
        }

        if (oauth.Roles.Count == 0 && oauth.DefaultRoles.Count == 0)
        {
            yield return new($"{path}.roles", "is empty and so is defaultRoles: nobody would come in");
        }

        for (var index = 0; index < oauth.Scopes.Count; index++)
        {
            if (!oauth.Scopes[index].All(static character => character is > ' ' and <= '~' and not ('"' or '\\')))
            {
                yield return new($"{path}.scopes[{index}]", "must be one scope, without blanks and quotes");
            }
        }

        for (var index = 0; index < oauth.Issuers.Count; index++)
        {
            foreach (var fault in CheckIssuer(oauth.Issuers[index], $"{path}.issuers[{index}]"))
            {
                yield return fault;
            }

            if (oauth.Issuers.Take(index).Any(before => before.Issuer == oauth.Issuers[index].Issuer))
            {
                yield return new($"{path}.issuers[{index}].issuer", "stands there twice");
            }
        }
    }

    private static IEnumerable<SettingsFault> CheckIssuer(OAuthIssuerSettings issuer, string path)
    {
        if (!Uri.TryCreate(issuer.Issuer, UriKind.Absolute, out var address) || !IsFit(address, issuer.DangerouslyAllowLoopback))
        {
            yield return new($"{path}.issuer", "must be an https address, exactly as it stands in the tokens");
        }

        if (issuer.Jwks is { } keys && !(keys.IsAbsoluteUri && IsFit(keys, issuer.DangerouslyAllowLoopback)))
        {
            yield return new($"{path}.jwks", "must be an https address");
        }
    }

    private static bool IsFit(Uri address, bool allowsLoopback) =>
        address is { UserInfo: "", Fragment: "", Query: "" } && (address.Scheme == "https" || (allowsLoopback && address is { Scheme: "http", IsLoopback: true }));
}
