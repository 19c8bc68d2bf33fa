Console.WriteLine("railgun-listener");
