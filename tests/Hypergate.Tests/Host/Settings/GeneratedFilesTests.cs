using System.Text.Json;
using Hypergate.Host.Settings;
using Hypergate.Schemas;

namespace Hypergate.Tests.Host.Settings;

/// <summary>Files that are made from the types of the settings. UPDATE_SNAPSHOTS=1 writes them; build again after that.</summary>
public class GeneratedFilesTests
{
    [Fact]
    public void The_schema_for_editors_says_what_the_types_say() =>
        AssertSame(SettingsSchemaGenerator.Generate(), Repository.Path("schema", SettingsSchema.ResourceName));

    [Fact]
    public void The_page_of_settings_says_what_the_types_say() =>
        AssertSame(SettingsPageGenerator.Generate(Prose), Repository.Path("docs", "settings.md"));

    [Fact]
    public void The_program_holds_the_schema_that_lies_in_the_repository() =>
        Assert.Equal(File.ReadAllText(Repository.Path("schema", SettingsSchema.ResourceName)), SettingsSchema.Read().GetRawText() + "\n");

    [Fact]
    public void Every_default_fits_the_schema()
    {
        CheckBelow(SettingsSchema.Read());

        static void CheckBelow(JsonElement schema)
        {
            foreach (var property in schema.TryGetProperty("properties", out var all) ? all.EnumerateObject() : default)
            {
                CheckBelow(property.Value.TryGetProperty("items", out var items) ? items : property.Value);
                if (property.Value.TryGetProperty("default", out var value))
                {
                    Assert.Empty(JsonSchemaCheck.Check(property.Value, value));
                }
            }
        }
    }

    [Fact]
    public void The_example_of_the_page_works()
    {
        var example = Prose[(Prose.IndexOf("# hypergate.yaml", StringComparison.Ordinal))..];
        using var folder = new SettingsFolder();
        folder.Secret("xo-lab", "swordfish");
        folder.Secret("pve", "01234567-89ab-cdef-0123-456789abcdef");
        folder.File("corp.pem", "-----BEGIN CERTIFICATE-----");
        folder.File("hypergate.yaml", example[..example.IndexOf("```", StringComparison.Ordinal)].Replace("/run/secrets/", "", StringComparison.Ordinal));

        var reading = folder.Load(("XO_TOKEN", "t0ken"));

        Assert.Equal("xo-production xo-lab pve-lab", string.Join(' ', reading.Settings.Backends.Select(static backend => backend.Name)));
        Assert.Empty(reading.Warnings);
    }

    private static string Prose => File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Host", "Settings", "settings.template.md"));

    private static void AssertSame(string generated, string path)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, generated);
        }

        Assert.Equal(generated, File.ReadAllText(path));
    }
}
