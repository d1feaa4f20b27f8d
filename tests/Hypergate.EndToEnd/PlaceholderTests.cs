namespace Hypergate.EndToEnd;

public class PlaceholderTests
{
    [Fact]
    public void The_repository_is_found() => Assert.True(File.Exists("/bin/sh"));
}
