namespace Hypergate.Tools.Utility.Documentation;

/// <summary>The topics of Xen Orchestra's documentation, by the names that users of the reference server know.</summary>
internal static class DocumentationTopics
{
    public const string Site = "https://docs.xen-orchestra.com";

    /// <summary>Topic and address below the site. Where an old address is a redirect page, the new one stands here.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["installation"] = "/installation",
        ["configuration"] = "/configuration",
        ["backups"] = "/xo5/backups",
        ["restapi"] = "/automation/restapi",
        ["manage"] = "/xo5/manage_infrastructure",
        ["users"] = "/xo5/users",
        ["architecture"] = "/architecture",
        ["troubleshooting"] = "/troubleshooting",
        ["releases"] = "/releases",
    };
}
