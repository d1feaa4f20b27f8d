using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Reads a file: everything that is wrong with it, and what can be made of it all the same.</summary>
public static partial class DadlReader
{
    /// <summary>In bytes.</summary>
    public const int LargestFile = 5 * 1024 * 1024;

    /// <summary>Bytes that a registry takes.</summary>
    public const int RegistryLimit = 500 * 1024;

    private static readonly string[] TopKeys = ["spec", "backend", "requires", "credits", "source_name", "source_url", "date", "includes"];

    private static readonly string[] BackendKeys =
    [
        "name", "type", "version", "base_url", "description", "auth", "defaults", "tools", "composites", "types", "examples", "hints", "coverage", "setup", "health",
        "openapi_source", "arazzo_source",
    ];

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">UTF-8 YAML.</param>
    /// <param name="surroundings">What the file is read for.</param>
    public static DadlLoad Read(ReadOnlySpan<byte> bytes, DadlSurroundings? surroundings = null)
    {
        surroundings ??= new DadlSurroundings();
        var faults = new DadlFaults();
        if (bytes.Length > LargestFile)
        {
            faults.Add(new DadlProblem(DadlRules.Yaml, "", 1, 1, $"the file has more than {LargestFile / 1024 / 1024} MB", null));
            return new DadlLoad(null, faults.All);
        }

        if (bytes.Length > RegistryLimit)
        {
            faults.Add(new DadlProblem(DadlRules.FileSize, "", 1, 1, $"the file has {bytes.Length / 1024} KB; the registry takes {RegistryLimit / 1024}", null));
        }

        if (DadlYaml.Read(bytes, faults) is not { } root)
        {
            return new DadlLoad(null, faults.All);
        }

        var whole = DadlIncludes.Resolve(root, surroundings.Folder, faults);
        var document = ReadRoot(new DadlSection(whole, "", faults), surroundings);
        var text = Encoding.UTF8.GetString(bytes);
        document = document is null ? null : document with
        {
            Notes = DadlNotes.Of(text),
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal)))),
        };
        return new DadlLoad(document, faults.All) { Programs = faults.Programs };
    }

    private static DadlDocument? ReadRoot(DadlSection root, DadlSurroundings surroundings)
    {
        foreach (var entry in root.Node.Entries.Where(static entry => !entry.Key.StartsWith('_') && !TopKeys.Contains(entry.Key)))
        {
            root.Faults.Add(DadlRules.UnknownKey, entry.Key, entry, DadlFaults.NotAKey(entry.Key, TopKeys));
        }

        var version = ReadSpec(root);
        DadlRegistry.Check(root, surroundings.FileName);
        if (root.Map("backend") is not { } backend)
        {
            if (!root.Has("backend"))
            {
                root.Fault(DadlRules.RequiredKey, "", "backend is missing");
            }

            return null;
        }

        var document = ReadBackend(backend, version);
        DadlRequires.Check(root, backend, document, surroundings);
        return document;
    }

    private static int ReadSpec(DadlSection root)
    {
        var spec = root.Text("spec");
        if (spec is null || !SpecPattern().IsMatch(spec))
        {
            root.Fault(DadlRules.Spec, root.Has("spec") ? "spec" : "", "spec must be https://dadl.ai/spec/dadl-spec-v0.1.md or …-v0.2.md");
            return 1;
        }

        if (!spec.EndsWith(".md", StringComparison.Ordinal))
        {
            var node = root.Find("spec")!;
            root.Faults.Add(new DadlProblem(DadlRules.Spec, "spec", node.Line, node.Column, "the registry wants the address with .md at its end", null) { IsOfRegistry = true });
        }

        return spec.Contains("v0.2", StringComparison.Ordinal) ? 2 : 1;
    }

    private static DadlDocument ReadBackend(DadlSection backend, int version)
    {
        backend.Know(BackendKeys);
        backend.AreNew(version, "health");
        var name = backend.Text("name") ?? "";
        if (!NamePattern().IsMatch(name))
        {
            backend.Fault(DadlRules.RequiredKey, backend.Has("name") ? "name" : "", "name is needed: small letters, digits and hyphens, a letter first");
        }

        if (backend.Text("type") is var type && type != "rest")
        {
            backend.Fault(DadlRules.ClosedValue, type is null ? "" : "type", type is null ? "type is missing; it is rest" : $"{DadlFaults.Quoted(type)} is not a type; it is rest");
        }

        if (!backend.Has("description"))
        {
            backend.Fault(DadlRules.RequiredKey, "", "description is missing");
        }

        if (backend.Text("version") is { } own && !VersionPattern().IsMatch(own))
        {
            backend.Fault(DadlRules.WrongType, "version", $"{DadlFaults.Quoted(own)} is not MAJOR.MINOR or MAJOR.MINOR.PATCH");
        }

        var auth = DadlAuthReader.Read(backend, version);
        var defaults = new DadlDefaults(backend, version);
        var types = new DadlTypes(backend);
        var tools = DadlToolReader.ReadAll(backend, defaults, new DadlToolContext(version, auth, types, name));
        var composites = DadlCompositeReader.ReadAll(backend, tools, version, name);
        var document = new DadlDocument
        {
            FormatVersion = version,
            Name = name,
            Version = backend.Text("version") ?? "",
            BaseUrl = backend.Text("base_url"),
            Description = backend.Text("description") ?? "",
            Auth = auth,
            Headers = defaults.Headers,
            ContentType = defaults.ContentType,
            NestsBodyKeys = defaults.NestsBodyKeys,
            Tools = tools,
            Composites = composites,
            Types = types.All,
        };
        return DadlExtras.Read(backend, document);
    }

    [GeneratedRegex(@"^https://dadl\.ai/spec/dadl-spec-v0\.[12](\.md)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpecPattern();

    [GeneratedRegex("^[a-z][a-z0-9-]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^\d+(\.\d+){1,2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPattern();
}

/// <summary>What a file came to.</summary>
/// <param name="Document">Null where nothing could be made of it.</param>
/// <param name="Problems">In the order in which they were found.</param>
public sealed record DadlLoad(DadlDocument? Document, IReadOnlyList<DadlProblem> Problems)
{
    /// <summary>What only an engine can say whether it is wrong.</summary>
    public IReadOnlyList<DadlProgram> Programs { get; init; } = [];

    /// <summary>Whether the file must not be used.</summary>
    public bool IsRefused => Document is null || Problems.Any(static problem => DadlRules.SeverityOf(problem, DadlProfile.Runtime) == DadlSeverity.Refusal);

    /// <summary>Why each tool that cannot be used cannot.</summary>
    public IReadOnlyDictionary<string, string> Unavailable => Problems
        .Where(static problem => problem.Tool is not null && DadlRules.SeverityOf(problem, DadlProfile.Runtime) == DadlSeverity.Error)
        .GroupBy(static problem => problem.Tool!, StringComparer.Ordinal)
        .ToDictionary(static group => group.Key, static group => group.First().Text, StringComparer.Ordinal);
}

/// <summary>What a file is read for.</summary>
public sealed record DadlSurroundings
{
    /// <summary>Where it lies, for the files that it includes; null where it may not include any.</summary>
    public string? Folder { get; init; }

    /// <summary>Its own name without the folder; null where nobody knows.</summary>
    public string? FileName { get; init; }

    /// <summary>Whether scripts can be run.</summary>
    public bool HasScripts { get; init; } = true;

    /// <summary>Whether credentials can be stored.</summary>
    public bool StoresCredentials { get; init; } = true;
}
