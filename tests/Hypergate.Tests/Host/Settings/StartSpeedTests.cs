using System.Reflection;
using System.Runtime.Loader;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Settings;

/// <summary>The environment alone must be read without the machinery for files: the client waits for the gateway to start.</summary>
public class StartSpeedTests
{
    [Fact]
    public void Without_a_file_neither_yaml_nor_json_nor_patterns_are_loaded()
    {
        using var folder = new SettingsFolder();
        var loaded = LoadedBy(folder);

        Assert.Contains("Hypergate", loaded);
        Assert.Empty(loaded.Intersect(["YamlDotNet", "System.Text.Json", "System.Text.RegularExpressions"], StringComparer.Ordinal));

        folder.File("hypergate.yaml", "backends: [{ name: xo, kind: xen-orchestra, url: 'https://xo', auth: { token: t } }]");
        Assert.Contains("YamlDotNet", LoadedBy(folder));
    }

    /// <summary>Reads the settings in a fresh load context, and names the assemblies that it asked for.</summary>
    private static HashSet<string> LoadedBy(SettingsFolder folder)
    {
        var context = new Recorder();
        var host = context.LoadFromAssemblyPath(typeof(SettingsReading).Assembly.Location);
        var sources = host.GetType(typeof(SettingsSources).FullName!)!;
        var reading = host.GetType(typeof(SettingsReading).FullName!)!;
        var instance = Activator.CreateInstance(sources)!;
        sources.GetProperty(nameof(SettingsSources.Environment))!.SetValue(
            instance, new Dictionary<string, string>(StringComparer.Ordinal) { ["XO_URL"] = "https://xo", ["XO_TOKEN"] = "t" });
        sources.GetProperty(nameof(SettingsSources.WorkingFolder))!.SetValue(instance, folder.Path);
        sources.GetProperty(nameof(SettingsSources.Home))!.SetValue(instance, folder.Home);
        reading.GetMethod(nameof(SettingsReading.Load))!.Invoke(null, [instance]);
        context.Unload();
        return context.Names;
    }

    private sealed class Recorder() : AssemblyLoadContext("recorder", isCollectible: true)
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Names.Add(assemblyName.Name!);
            var path = Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll");
            return assemblyName.Name is "Hypergate" or "YamlDotNet" ? LoadFromAssemblyPath(path) : null;
        }
    }
}
