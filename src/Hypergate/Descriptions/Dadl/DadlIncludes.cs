using System.Security.Cryptography;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Puts fragments of other files in their places. What the file says itself wins, and what it says to override wins over all.</summary>
internal static class DadlIncludes
{
    private const string Key = "includes";

    public static DadlNode.Mapping Resolve(DadlNode.Mapping root, string? folder, DadlFaults faults)
    {
        if (root.Find(Key) is not DadlNode.Sequence list)
        {
            _ = new DadlSection(root, "", faults).Items(Key);
            return root;
        }

        for (var index = 0; index < list.Items.Count; index++)
        {
            var path = $"{Key}[{index}]";
            if (list.Items[index] is not DadlNode.Mapping map)
            {
                faults.Add(DadlRules.WrongType, path, list.Items[index], "must be a map with path and merge_into");
                continue;
            }

            var section = new DadlSection(map, path, faults);
            section.Know("path", "merge_into", "overrides");
            root = Merge(root, section, folder);
        }

        return root;
    }

    /// <summary>A hash of what lies in the fragments that a file takes in; empty where it takes in none, or cannot be read.</summary>
    public static string HashOf(string file)
    {
        try
        {
            // Asked every other second: a file without the word is not taken apart for it.
            var text = File.ReadAllBytes(file);
            var names = text.AsSpan().IndexOf("includes"u8) >= 0 && DadlYaml.Read(text, new DadlFaults())?.Find(Key) is DadlNode.Sequence list
                ? list.Items.OfType<DadlNode.Mapping>().Select(static item => (item.Find("path") as DadlNode.Scalar)?.Text).OfType<string>().ToList()
                : [];
            return names.Count == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData([.. names.SelectMany(name => ContentOf(Path.Combine(Path.GetDirectoryName(file)!, name)))]));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }

    private static byte[] ContentOf(string path) =>
        new FileInfo(path) is { Exists: true, Length: <= DadlReader.LargestFile, LinkTarget: null } ? SHA256.HashData(File.ReadAllBytes(path)) : [0];

    private static DadlNode.Mapping Merge(DadlNode.Mapping root, DadlSection include, string? folder)
    {
        var (name, place) = (include.Text("path"), include.Text("merge_into"));
        if (name is null || place is null)
        {
            include.Fault(DadlRules.WrongType, "", "path and merge_into are needed");
            return root;
        }

        var steps = place.Split('.');
        if (Obstacle(root, steps) is { } obstacle)
        {
            include.Fault(DadlRules.WrongType, "merge_into", obstacle);
            return root;
        }

        if (folder is null || name.Contains("..", StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal) || Path.IsPathRooted(name))
        {
            include.Fault(DadlRules.WrongType, "path", "must be a file in the folder of this one");
            return root;
        }

        if (Fragment(include, Path.Combine(folder, name)) is not { } fragment)
        {
            return root;
        }

        var overrides = include.Map("overrides")?.Node;
        return new DadlMerging(include.Faults, overrides).Put(root, steps, fragment);
    }

    // What stands at the place is never replaced by the fragment: it is a map, or nothing.
    private static string? Obstacle(DadlNode.Mapping root, string[] steps)
    {
        if (steps.Contains(""))
        {
            return "must be keys with dots between them, such as backend.tools";
        }

        DadlNode at = root;
        for (var step = 0; step < steps.Length && at is DadlNode.Mapping map; step++)
        {
            if (map.Find(steps[step]) is not { IsNull: false } next)
            {
                return null;
            }

            at = next;
            if (at is not DadlNode.Mapping)
            {
                return $"{string.Join('.', steps[..(step + 1)])} holds a {(at is DadlNode.Sequence ? "list" : "value")}, into which nothing can be merged: it must be a map, or be left out";
            }
        }

        return null;
    }

    // Keys with an underscore hold anchors, as at the top of a file; but a tool or composite may be meant for composites alone.
    private static bool IsInternal(DadlNode value) => value is DadlNode.Mapping map && (map.Find("path") ?? map.Find("code")) is not null;

    private static DadlNode.Mapping? Fragment(DadlSection include, string path)
    {
        try
        {
            var bytes = new FileInfo(path) is { Exists: true, Length: <= DadlReader.LargestFile, LinkTarget: null } ? File.ReadAllBytes(path) : null;
            if (bytes is null)
            {
                include.Fault(DadlRules.WrongType, "path", "is no file that can be read");
                return null;
            }

            // What is wrong with it is told at its place in the fragment.
            if (DadlYaml.Read(bytes, include.Faults, include.Text("path")) is not { } fragment)
            {
                return null;
            }

            if (fragment.Find("_fragment") is not DadlNode.Scalar { Text: "true" } || fragment.Find(Key) is not null)
            {
                include.Fault(DadlRules.WrongType, "path", "must lead to a file with _fragment: true and without includes");
                return null;
            }

            return fragment with { Entries = [.. fragment.Entries.Where(static entry => !entry.Key.StartsWith('_') || IsInternal(entry.Value))] };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            include.Fault(DadlRules.WrongType, "path", $"cannot be read: {exception.Message}");
            return null;
        }
    }
}
