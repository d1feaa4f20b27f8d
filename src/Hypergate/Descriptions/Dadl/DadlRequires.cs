namespace Hypergate.Descriptions.Dadl;

/// <summary>Whether what a file needs is there, and whether it says what it needs.</summary>
internal static class DadlRequires
{
    /// <summary>The version of the other gateway whose behaviour is all here.</summary>
    public const string CompatibilityLevel = "0.4.1";

    private static readonly string[] Features =
    [
        "refresh_token", "jwt_bearer", "authorization_code", "refresh_token_rotation", "health", "returns", "idempotency", "deprecation", "semantic_errors", "redact", "composites", "file_url",
    ];

    public static void Check(DadlSection root, DadlSection backend, DadlDocument document, DadlSurroundings surroundings)
    {
        var requires = root.Map("requires");
        requires?.Know("toolmesh", "features");
        if (requires?.Text("toolmesh") is { } range && VersionRange.Includes(range, CompatibilityLevel) is not true)
        {
            requires.Fault(DadlRules.Requires, "toolmesh", VersionRange.Includes(range, CompatibilityLevel) is null
                ? $"{DadlFaults.Quoted(range)} is not a range such as >=0.3, <1"
                : $"wants {DadlFaults.Quoted(range)}; this gateway does what {CompatibilityLevel} does");
        }

        var listed = requires?.Texts("features") ?? [];
        foreach (var feature in listed)
        {
            if (Gap(feature, surroundings) is { } gap)
            {
                requires!.Fault(DadlRules.Requires, "features", gap);
            }
        }

        if (document.Auth.OAuth is { RotatesRefreshToken: true } && !surroundings.StoresCredentials)
        {
            backend.Fault(DadlRules.Requires, "auth", "rotates_refresh_token needs a place where credentials can be stored");
        }

        CheckListed(backend, document, listed);
    }

    private static string? Gap(string feature, DadlSurroundings surroundings) => feature switch
    {
        _ when !Features.Contains(feature) => DadlFaults.WithNearest($"{DadlFaults.Quoted(feature)} is not a feature that this gateway knows", feature, Features),
        "composites" when !surroundings.HasScripts => "composites needs Node.js 20 or later",
        "refresh_token_rotation" when !surroundings.StoresCredentials => "refresh_token_rotation needs a place where credentials can be stored",
        _ => null,
    };

    private static void CheckListed(DadlSection backend, DadlDocument document, IReadOnlyList<string> listed)
    {
        Need("redact", document.Tools.Any(static tool => tool.Rules.Response.Redact.Count > 0), "redact is used: requires.features must list redact");
        Need("idempotency", document.Tools.Any(static tool => tool.Rules.IdempotencyHeader is not null), "idempotency is used: requires.features must list it");
        Need("refresh_token_rotation", document.Auth.OAuth is { RotatesRefreshToken: true }, "rotates_refresh_token is used: requires.features must list refresh_token_rotation");

        void Need(string feature, bool isUsed, string text)
        {
            if (isUsed && !listed.Contains(feature))
            {
                backend.Fault(DadlRules.FeatureNotListed, "", text);
            }
        }
    }
}
