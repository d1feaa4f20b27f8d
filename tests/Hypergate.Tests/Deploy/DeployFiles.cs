using YamlDotNet.RepresentationModel;

namespace Hypergate.Tests.Deploy;

/// <summary>The files of <c>deploy/</c>, as text and as YAML.</summary>
internal static class DeployFiles
{
    public static string Read(string name) => File.ReadAllText(Repository.Path("deploy", name));

    public static IReadOnlyList<YamlMappingNode> Documents(string name)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(Read(name));
        stream.Load(reader);
        return [.. stream.Documents.Select(static document => (YamlMappingNode)document.RootNode)];
    }

    /// <summary>One manifest of Kubernetes.</summary>
    public static YamlMappingNode Manifest(string kind) => Documents("kubernetes/hypergate.yaml").Single(document => document.Text("kind") == kind);

    extension(YamlNode node)
    {
        public string Text(string key) => ((YamlScalarNode)node[key]).Value!;

        public IReadOnlyList<string> Keys() => [.. ((YamlMappingNode)node).Children.Keys.Select(static name => ((YamlScalarNode)name).Value!)];

        public IReadOnlyList<YamlNode> Items() => [.. ((YamlSequenceNode)node).Children];

        public IReadOnlyList<string> Texts() => [.. node.Items().Select(static item => ((YamlScalarNode)item).Value!)];
    }
}
