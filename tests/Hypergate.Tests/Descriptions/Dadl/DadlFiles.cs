using System.Text;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Tests.Descriptions.Dadl;

/// <summary>The published files among the test data, and small ones.</summary>
internal static class DadlFiles
{
    /// <summary>The least that a file must hold, with a place for tools.</summary>
    public const string Head = """
        spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
        backend:
          name: small
          type: rest
          description: Small
          auth: { type: bearer, credential: small_token }

        """;

    public static IReadOnlyList<string> Names { get; } =
        ["cloudflare", "github", "graylog", "mastodon", "mempool", "opnsense", "shelly-cloud", "stripe", "vikunja", "xen-orchestra"];

    public static string Path(string name) => Repository.Path("tests", "Hypergate.Tests", "Data", "dadl", $"{name}.dadl");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    public static DadlLoad Load(string name) => DadlReader.Read(Bytes(name), new DadlSurroundings { FileName = $"{name}.dadl" });

    public static DadlLoad Parse(string text, DadlSurroundings? surroundings = null) => DadlReader.Read(Encoding.UTF8.GetBytes(text), surroundings);

    /// <summary>The faults of a text, each as <c>RULE LINE:COLUMN PATH</c>.</summary>
    public static IReadOnlyList<string> Faults(string text, DadlProfile profile = DadlProfile.Format) =>
        [.. Parse(text).Problems.Where(problem => DadlRules.SeverityOf(problem, profile) != DadlSeverity.None).Select(static problem => $"{problem.Rule} {problem.Line}:{problem.Column} {problem.Path}".TrimEnd())];
}
