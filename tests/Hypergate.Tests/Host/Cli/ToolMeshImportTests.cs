using System.Text;
using Hypergate.Host.Cli.Import;

namespace Hypergate.Tests.Host.Cli;

/// <summary>Settings of another gateway as ours.</summary>
public sealed class ToolMeshImportTests
{
    [Fact]
    public void A_variable_of_the_environment_stays_one()
    {
        var (text, notes, count) = Convert("""
            - name: shop
              transport: rest
              dadl: ${DADL_FOLDER}/shop.dadl
              url: https://${SHOP_HOST}/v1
            """);

        Assert.Equal((1, 0), (count, notes.Count));
        Assert.Contains("""url: "https://${env:SHOP_HOST}/v1" """.TrimEnd(), text, StringComparison.Ordinal);
        Assert.Contains("""file: "${env:DADL_FOLDER}/shop.dadl" """.TrimEnd(), text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_switched_off_stays_off()
    {
        var (text, notes, count) = Convert("""
            backends:
              - { name: old, transport: rest, dadl: old.dadl, enabled: false }
              - { name: new, transport: rest, dadl: new.dadl, enabled: true }
            """);

        Assert.Equal(1, count);
        Assert.DoesNotContain("old", text, StringComparison.Ordinal);
        Assert.Equal(":2: old is switched off there and is left out", Assert.Single(notes));
    }

    private static (string Text, IReadOnlyList<string> Notes, int Count) Convert(string text) => ToolMeshImport.Convert(Encoding.UTF8.GetBytes(text), "backends.yaml");
}
