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
                requires!.FaultOf(feature, DadlRules.Requires, "features", gap);
            }
        }

        if (document.Auth.OAuth is { RotatesRefreshToken: true } && !surroundings.StoresCredentials)
        {
            backend.Fault(DadlRules.Requires, "auth", "rotates_refresh_token needs a place where credentials can be stored");
        }

        CheckListed(root, document, listed);
    }

    private static string? Gap(string feature, DadlSurroundings surroundings) => feature switch
    {
        _ when !Features.Contains(feature) => DadlFaults.WithNearest($"{DadlFaults.Quoted(feature)} is not a feature that this gateway knows", feature, Features),
        "composites" when !surroundings.HasScripts => "composites needs Node.js 20 or later",
        "refresh_token_rotation" when !surroundings.StoresCredentials => "refresh_token_rotation needs a place where credentials can be stored",
        _ => null,
    };

    private static void CheckListed(DadlSection root, DadlDocument document, IReadOnlyList<string> listed)
    {
        var tools = document.Tools.Select(static tool => $"backend.tools.{tool.Name}").ToList();
        Need("redact", ["backend.defaults.response.redact", .. tools.Select(static tool => $"{tool}.response.redact")], "redact");
        Need("idempotency", [.. tools.Select(static tool => $"{tool}.idempotency")], "idempotency");
        Need("refresh_token_rotation", document.Auth.OAuth is { RotatesRefreshToken: true } ? ["backend.auth.rotates_refresh_token"] : [], "rotates_refresh_token");

        // Told where it is first used.
        void Need(string feature, IReadOnlyList<string> uses, string key)
        {
            if (!listed.Contains(feature) && uses.Select(path => (Path: path, Node: root.Node.Follow(path))).FirstOrDefault(static use => use.Node is { IsNull: false }) is { Node: { } node, Path: var path })
            {
                root.Faults.Add(DadlRules.FeatureNotListed, path, node, $"{key} is used: requires.features must list {feature}");
            }
        }
    }
}
