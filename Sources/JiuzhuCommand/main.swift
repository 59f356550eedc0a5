print("jiuzhu")
