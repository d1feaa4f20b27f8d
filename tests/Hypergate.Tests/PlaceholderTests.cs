namespace Hypergate.Tests;

public class PlaceholderTests
{
    [Fact]
    public void The_repository_is_found() => Assert.True(File.Exists(Repository.Path("Hypergate.slnx")));
}
