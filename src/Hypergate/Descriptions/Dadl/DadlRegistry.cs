using System.Globalization;

namespace Hypergate.Descriptions.Dadl;

/// <summary>What the public registry wants of a file beyond the format.</summary>
internal static class DadlRegistry
{
    public static void Check(DadlSection root, string? fileName)
    {
        if (root.Texts("credits").Count == 0)
        {
            Missing(root, "credits", "credits is needed: who made the file");
        }

        foreach (var key in (string[])["source_name", "source_url", "date"])
        {
            if (string.IsNullOrWhiteSpace(root.Text(key)))
            {
                Missing(root, key, $"{key} is needed");
            }
        }

        if (root.Text("source_url") is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            root.Fault(DadlRules.Registry, "source_url", "must be an http or https address");
        }

        if (root.Text("date") is { } date && !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            root.Fault(DadlRules.Registry, "date", $"{DadlFaults.Quoted(date)} is not a date such as 2026-01-31");
        }

        if (fileName is not null && root.Node.Find("backend") is DadlNode.Mapping backend && backend.Find("name") is DadlNode.Scalar name && $"{name.Text}.dadl" != fileName)
        {
            root.Faults.Add(DadlRules.Registry, "backend.name", name, $"the file must be called {name.Text}.dadl");
        }
    }

    // Where the key stands without a value, else where the keys begin that it belongs beside.
    private static void Missing(DadlSection root, string key, string text) => root.Faults.Add(DadlRules.Registry, key, root.Node.Find(key) ?? root.Node, text);
}
